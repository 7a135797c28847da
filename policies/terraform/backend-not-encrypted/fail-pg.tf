terraform {
  backend "pg" {
    conn_str = "postgres://db.example.org/states?sslmode=disable"
  }
}
