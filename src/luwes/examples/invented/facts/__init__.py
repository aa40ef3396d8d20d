"""Two years of files from the invented province, with truths planted in them; see `truths`."""
