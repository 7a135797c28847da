terraform {
  required_version = "~> 1.9"
  backend "s3" {
    bucket  = "states"
    key     = "shop/terraform.tfstate"
    region  = "eu-central-1"
    encrypt = true
  }
}
