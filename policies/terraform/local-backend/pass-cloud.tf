terraform {
  cloud {
    organization = "example"
    workspaces {
      name = "shop"
    }
  }
}
