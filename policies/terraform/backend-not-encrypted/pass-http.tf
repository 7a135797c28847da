terraform {
  backend "http" {
    address = "https://states.example.org/shop"
  }
}
