"""Pages of accounts: sign_in, profile, users, roles, links."""
