"""The charter: the policy and the rules in force, for people to read. Made from the very rules that check a draft.

It knows neither store nor web: the companion's page and `sayso charter` show the same value.
"""

from server.charter.build import Charter, Clause, LabelRow, Part, build, good, labels_to_begin_with, new_rules

__all__ = ["Charter", "Clause", "LabelRow", "Part", "build", "good", "labels_to_begin_with", "new_rules"]
