"""Citizens' answers through QR posters: rounds, posters, taking answers in, flagging and summing them."""
