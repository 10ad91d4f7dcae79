"""Proof: what our components would have said in the past, beside what naive rivals would have said."""
