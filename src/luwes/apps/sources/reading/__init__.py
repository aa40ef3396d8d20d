"""Reading of uploaded files: bytes become typed, minimised rows in a limited child process.

Free of Django on purpose: the child must start in a few hundredths of a second and hold nothing worth stealing.
"""
