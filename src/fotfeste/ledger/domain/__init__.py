"""Pure rules of the ledger: accounts, states, deadlines."""
