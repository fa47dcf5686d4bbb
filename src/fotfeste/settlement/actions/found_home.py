from fotfeste.settlement.queries.needs import needs_of_case
