//! The source package of a distribution's package, as the makers of inventories note it in properties of their own.

use model::SourcePackage;

/// What a property that is asked for says.
pub(super) type Property<'f, 't> = &'f dyn Fn(&str) -> Option<&'t str>;

/// Reads the properties of Trivy, Syft and our own.
pub(super) fn of(property: Property<'_, '_>, version: Option<&str>) -> Option<SourcePackage> {
    let filled = |name| property(name).filter(|value| !value.is_empty());
    if let Some((name, version)) = filled("portcullis:source").and_then(|value| value.split_once(' ')) {
        return Some(SourcePackage { name: name.to_owned(), version: version.to_owned() });
    }
    if let Some(name) = filled("aquasecurity:trivy:SrcName") {
        let mut full = filled("aquasecurity:trivy:SrcVersion").or(version)?.to_owned();
        if let Some(release) = filled("aquasecurity:trivy:SrcRelease") {
            full = format!("{full}-{release}");
        }
        if let Some(epoch) = filled("aquasecurity:trivy:SrcEpoch").filter(|epoch| *epoch != "0") {
            full = format!("{epoch}:{full}");
        }
        return Some(SourcePackage { name: name.to_owned(), version: full });
    }
    let name = filled("syft:metadata:source").or_else(|| filled("syft:metadata:originPackage"))?;
    let version = filled("syft:metadata:sourceVersion").or(version)?;
    Some(SourcePackage { name: name.to_owned(), version: version.to_owned() })
}
