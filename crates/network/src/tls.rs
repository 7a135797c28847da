//! TLS with the certificates of the system and those the user gave. The provider is an argument, never a global.

use std::sync::Arc;

use rustls::ClientConfig;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls_platform_verifier::Verifier;

use crate::fault::Fault;
use crate::reach::Reach;

/// A configuration that trusts the system and the certificates given.
pub(crate) fn config(reach: &Reach) -> Result<ClientConfig, Fault> {
    let fault = |error: &dyn std::fmt::Display| Fault::Refused(format!("TLS cannot be set up: {error}"));
    let option = reach.words.certificates;
    let mut extra: Vec<CertificateDer<'static>> = Vec::new();
    for pem in &reach.certificates {
        let before = extra.len();
        for certificate in CertificateDer::pem_slice_iter(pem) {
            extra.push(certificate.map_err(|_| Fault::Refused(format!("{option}: no valid PEM certificate")))?);
        }
        if extra.len() == before {
            return Err(Fault::Refused(format!("{option}: there is no PEM certificate in the file")));
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = Verifier::new_with_extra_roots(extra, Arc::clone(&provider)).map_err(|error| fault(&error))?;
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let builder = builder.map_err(|error| fault(&error))?;
    // The platform's own verifier: it checks as the system does, and is no weaker than the usual one.
    Ok(builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier)).with_no_client_auth())
}

/// A configuration that trusts nobody, for a client that will not use it.
pub fn trusting_nobody() -> Result<ClientConfig, Fault> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let builder = builder.map_err(|error| Fault::Refused(format!("TLS cannot be set up: {error}")))?;
    Ok(builder.with_root_certificates(rustls::RootCertStore::empty()).with_no_client_auth())
}
