"""From punches to a day: minutes owed and worked, lateness, what is excused, and what adds up over a year."""
