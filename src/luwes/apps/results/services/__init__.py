"""What happened at services: cases, queues, survey answers, complaints and opening hours, from files to sums."""
