"""What the console says and reads for `luwes policy`."""
