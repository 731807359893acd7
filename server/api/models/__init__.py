"""The bodies, queries and replies of the API, as in docs/api.md. From these OpenAPI is made."""
