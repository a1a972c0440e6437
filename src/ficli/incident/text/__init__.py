"""What can be said of prose without understanding it: its language, names, hedges, sums of money, style, likeness.

Each module knows English, and is silent on what it cannot tell. A rule that cries wolf is worse than none.
"""
