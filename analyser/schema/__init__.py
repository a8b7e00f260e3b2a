"""The tables of the contract as plain data: columns, types, meaning."""
