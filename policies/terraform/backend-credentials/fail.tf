terraform {
  backend "azurerm" {
    storage_account_name = "states"
    sas_token            = "sv=2024-01-01&sig=made-up-for-this-example"
  }
}
