terraform {
  backend "http" {
    address                = "http://states.example.org/shop"
    skip_cert_verification = true
  }
}
