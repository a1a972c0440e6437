"""Properties of prose found without understanding it: language, names, hedges, sums of money, style, likeness.

Each module is for English, and reports nothing in doubt: a rule with false alarms is worse than none.
"""
