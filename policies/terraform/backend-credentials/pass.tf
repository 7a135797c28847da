terraform {
  backend "azurerm" {
    storage_account_name = "states"
    container_name       = "shop"
    key                  = "shop.tfstate"
    use_oidc             = true
  }
}
