"""What somebody finds on their desk in the admin: their chapters' things, what waits for them, what was done."""
