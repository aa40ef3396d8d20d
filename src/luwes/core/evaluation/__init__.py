"""Does service meet its standard, did flexible work change it, and how sure may we be?

Two answers, never one: *Standar* is read from the facts and always given; *Dampak* is given only as far as the recorded
assignment of flexible days allows. Nothing here reads a clock, a file or makes a random generator.
"""
