// The projector: follows the server, keeps the old slide until the new one is there.

import { start } from "./live.js";

start({ pace: 250, hurry: 60 });
