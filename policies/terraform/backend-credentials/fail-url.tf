terraform {
  backend "pg" {
    conn_str = "postgres://tf:hunter22@db.example.org/states"
  }
}
