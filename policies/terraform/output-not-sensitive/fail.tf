output "db_password" {
  description = "Of the database."
  value       = random_password.db.result
}

output "key" {
  value = tls_private_key.deploy.private_key_pem
}

output "admin_password" {
  value = "correct-horse"
}
