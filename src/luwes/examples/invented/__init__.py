"""Provinsi Contoh: an invented province, the same for everyone who uses the same seed."""
