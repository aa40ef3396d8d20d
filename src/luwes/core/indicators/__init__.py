"""Indicators: figures in, codes and facts out; exact integers and fractions until the last step.

- `survey`: citizens' answers, the index (IKM) with band and interval, how many answers to gather
- `speed`: cases kept within the promised time, of those that fell due
- `queue`: waiting as counts per minute, median and 90th percentile
- `outputs`: results of work per staff-day on duty and against target
- `presence`: attendance and lateness over required days, under one rule of evidence
- `realised`: how flexible days really were, beside the plan, with the source of evidence
- `energy`: consumption per open day, what a claim of savings can be at most, comparison with non-adopters
- `complaints`: complaints by state, per thousand services
- `budget`: is spending where it was meant to be
- `standard`: does a service meet the standard it has published
- `interval`, `suppress`, `sums`, `beta`: what they share: the 95 % interval, the rule on small numbers, adding up

Everything named ...Sums or ...Counts adds with `+`: the days of a month add up to the month, in any order.
"""
