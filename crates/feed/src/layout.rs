//! Addresses in the layout: `BASE/npm/all.zip`, `BASE/Rocky%20Linux/modified_id.csv`, `BASE/PyPI/PYSEC-2024-1.json`.

use std::fmt;
use std::str::FromStr;

use model::Ecosystem;
use network::{Origin, Url};

/// The folder of folders, one an ecosystem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    url: Url,
    origin: Origin,
}

/// What was given is no address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// It cannot be read.
    #[error("it is no http or https address")]
    Form,
    /// It holds a user or a password.
    #[error("it holds credentials; public data needs none")]
    Credentials,
    /// It holds a query or a fragment, to which no path can be added.
    #[error("it ends in a query or a fragment; the address of a folder is wanted")]
    NoFolder,
}

impl Address {
    pub(crate) fn origin(&self) -> &Origin {
        &self.origin
    }

    pub(crate) fn all(&self, ecosystem: &Ecosystem) -> Url {
        self.file(ecosystem, "all.zip")
    }

    pub(crate) fn modified(&self, ecosystem: &Ecosystem) -> Url {
        self.file(ecosystem, "modified_id.csv")
    }

    pub(crate) fn record(&self, ecosystem: &Ecosystem, id: &str) -> Url {
        self.file(ecosystem, &format!("{id}.json"))
    }

    fn file(&self, ecosystem: &Ecosystem, name: &str) -> Url {
        let mut url = self.url.clone();
        let mut path = url.path_segments_mut().expect("http addresses have paths");
        path.pop_if_empty().push(&ecosystem.to_string()).push(name);
        drop(path);
        url
    }
}

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Address, AddressError> {
        let url = Url::parse(text).map_err(|_| AddressError::Form)?;
        let origin = Origin::of(&url).ok_or(AddressError::Form)?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(AddressError::Credentials);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(AddressError::NoFolder);
        }
        Ok(Address { url, origin })
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.url.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(base: &str, ecosystem: &str, expected: &str) {
        let address: Address = base.parse().expect("an address");
        let ecosystem = Ecosystem::from_osv(ecosystem).expect("an ecosystem");
        assert_eq!(address.record(&ecosystem, "A-1").as_str(), expected);
    }

    #[test]
    fn names_become_parts_of_a_path() {
        check("https://osv.example", "npm", "https://osv.example/npm/A-1.json");
        check("https://osv.example/data/", "Debian:12", "https://osv.example/data/Debian:12/A-1.json");
        check("http://[::1]:8080/a", "Rocky Linux", "http://[::1]:8080/a/Rocky%20Linux/A-1.json");
    }

    #[test]
    fn refuses_what_is_no_folder() {
        let fault = |text: &str| text.parse::<Address>().expect_err("no address");
        assert_eq!(fault("osv.example"), AddressError::Form);
        assert_eq!(fault("ftp://osv.example"), AddressError::Form);
        assert_eq!(fault("file:///tmp"), AddressError::Form);
        assert_eq!(fault("https://me:secret@osv.example"), AddressError::Credentials);
        assert_eq!(fault("https://osv.example/?key=1"), AddressError::NoFolder);
    }
}
