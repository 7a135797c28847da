terraform {
  backend "gcs" {
    bucket      = "states"
    credentials = "/run/secrets/gcs.json"
  }
}
