"""Staff: files of SIASN read into employees, posts and postings; pages and lists read back."""
