"""Many letters from one text: who they go to, in what order they are printed, and the run that makes them."""
