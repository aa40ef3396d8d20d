"""Writes of accounts. Import the module that holds the action: people, sign_in, tokens, job_links."""
