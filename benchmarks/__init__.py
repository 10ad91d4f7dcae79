"""Measurements that are repeated before a release."""
