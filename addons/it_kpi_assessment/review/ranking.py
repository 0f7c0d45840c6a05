"""Finals in their order, as the rules on ranks (R9) and the last ones (R10) look at them."""

from bisect import bisect_left, bisect_right


class Ranking:
    """Finals in their order, from which one unit can be moved without sorting anew."""

    def __init__(self, finals):
        self.finals = finals
        self.ordered = sorted(finals.values())
        self.groups = {}
        self.parts = {}

    def get_part(self, units):
        """Return the ranking of these units alone, a frozenset."""
        if len(units) == len(self.finals):
            return self
        if units not in self.parts:
            self.parts[units] = Ranking({unit: self.finals[unit] for unit in units})
        return self.parts[units]

    def get_ranks(self):
        """Return ``{unit: rank}``."""
        return {unit: self.get_rank(unit, final) for unit, final in self.finals.items()}

    def get_outermost(self, count, is_low):
        """Return the last ``count`` units, or the first ones, with those that share the edge."""
        if not count or not self.ordered:
            return set()
        return self.get_group(self.ordered[self.get_place(count, is_low)], is_low)

    def get_place(self, count, is_low):
        """Return which final, counted from the lowest one, is the edge of so many units."""
        return min(count, len(self.ordered)) - 1 if is_low else max(len(self.ordered) - count, 0)

    def get_rank(self, unit, final):
        """Return the rank of a unit (R9) if it had this final."""
        above = len(self.ordered) - bisect_right(self.ordered, final)
        return 1 + above - (self.finals[unit] > final)

    def get_edge(self, unit, final, place):
        """Return the final at a place, from the lowest one, if a unit had this final."""
        own = self.finals[unit]
        taken, given = bisect_left(self.ordered, own), bisect_left(self.ordered, final)
        given -= own < final
        if place == given:
            return final
        place -= place > given
        return self.ordered[place + (place >= taken)]

    def get_group(self, edge, is_low):
        """Return the units whose final is not above the edge (R10), or not below it."""
        if (edge, is_low) not in self.groups:
            self.groups[edge, is_low] = {
                unit
                for unit, final in self.finals.items()
                if (final <= edge if is_low else final >= edge)
            }
        return self.groups[edge, is_low]
