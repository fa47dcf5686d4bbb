"""The commands behind `./fotfeste`, run inside the environment that the launcher makes."""
