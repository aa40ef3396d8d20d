"""One file with everything an installation needs to come back: database, stored files, manifest.

The secret key is not in it: who finds a backup must not be able to sign sessions.
"""
