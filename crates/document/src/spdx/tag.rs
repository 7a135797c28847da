//! Tags and what they are called in JSON.

/// Where what a tag says belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Document,
    Creation,
    /// Of the package, file, snippet or licence that was named last.
    Element,
    /// Of the relationship or annotation that was named last.
    Remark,
}

/// What begins with a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Begins {
    Nothing,
    Package,
    File,
    Snippet,
    License,
    Annotation,
    ExternalDocument,
    Relationship,
}

/// What stands behind a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Text,
    Bool,
    /// One of a list.
    Item,
    /// Words that are members of these names, one of a list; the last takes the rest.
    Words(&'static [&'static str]),
    /// `algorithm: value`, one of a list.
    Checksum,
    /// `value (excludes: a, b)`.
    VerificationCode,
    /// `first:last`.
    Range,
}

/// A tag.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tag {
    pub(super) json: &'static str,
    pub(super) place: Place,
    pub(super) form: Form,
    pub(super) begins: Begins,
}

/// The tag of this name.
pub(super) fn of(name: &str) -> Option<Tag> {
    let text = |json, place| Tag { json, place, form: Form::Text, begins: Begins::Nothing };
    let item = |json, place| Tag { form: Form::Item, ..text(json, place) };
    let begin = |json, begins| Tag { begins, ..text(json, Place::Element) };
    use Place::{Creation, Document, Element, Remark};
    Some(match name {
        "SPDXVersion" => text("spdxVersion", Document),
        "DataLicense" => text("dataLicense", Document),
        "DocumentName" => text("name", Document),
        "DocumentNamespace" => text("documentNamespace", Document),
        "DocumentComment" => text("comment", Document),
        "SPDXID" => text("SPDXID", Element),
        "LicenseListVersion" => text("licenseListVersion", Creation),
        "Creator" => item("creators", Creation),
        "Created" => text("created", Creation),
        "CreatorComment" => text("comment", Creation),
        "ExternalDocumentRef" => Tag {
            form: Form::Words(&["externalDocumentId", "spdxDocument", "checksum"]),
            begins: Begins::ExternalDocument,
            ..text("externalDocumentRefs", Document)
        },
        "PackageName" => begin("name", Begins::Package),
        "PackageVersion" => text("versionInfo", Element),
        "PackageFileName" => text("packageFileName", Element),
        "PackageSupplier" => text("supplier", Element),
        "PackageOriginator" => text("originator", Element),
        "PackageDownloadLocation" => text("downloadLocation", Element),
        "FilesAnalyzed" => Tag { form: Form::Bool, ..text("filesAnalyzed", Element) },
        "PackageVerificationCode" => Tag { form: Form::VerificationCode, ..text("packageVerificationCode", Element) },
        "PackageChecksum" | "FileChecksum" => Tag { form: Form::Checksum, ..text("checksums", Element) },
        "PackageHomePage" => text("homepage", Element),
        "PackageSourceInfo" => text("sourceInfo", Element),
        "PackageLicenseConcluded" | "LicenseConcluded" | "SnippetLicenseConcluded" => text("licenseConcluded", Element),
        "PackageLicenseInfoFromFiles" => item("licenseInfoFromFiles", Element),
        "PackageLicenseDeclared" => text("licenseDeclared", Element),
        "PackageLicenseComments" | "LicenseComments" | "SnippetLicenseComments" => text("licenseComments", Element),
        "PackageCopyrightText" | "FileCopyrightText" | "SnippetCopyrightText" => text("copyrightText", Element),
        "PackageSummary" => text("summary", Element),
        "PackageDescription" => text("description", Element),
        "PackageComment" | "FileComment" | "SnippetComment" | "LicenseComment" => text("comment", Element),
        "PackageAttributionText" | "FileAttributionText" | "SnippetAttributionText" => {
            item("attributionTexts", Element)
        }
        "PrimaryPackagePurpose" => text("primaryPackagePurpose", Element),
        "ReleaseDate" => text("releaseDate", Element),
        "BuiltDate" => text("builtDate", Element),
        "ValidUntilDate" => text("validUntilDate", Element),
        "ExternalRef" => Tag {
            form: Form::Words(&["referenceCategory", "referenceType", "referenceLocator"]),
            ..text("externalRefs", Element)
        },
        "ExternalRefComment" => text("externalRefComment", Element),
        "FileName" => begin("fileName", Begins::File),
        "FileType" => item("fileTypes", Element),
        "LicenseInfoInFile" => item("licenseInfoInFiles", Element),
        "FileNotice" => text("noticeText", Element),
        "FileContributor" => item("fileContributors", Element),
        "FileDependency" => item("fileDependencies", Element),
        "SnippetSPDXID" | "SnippetSPDXIdentifier" => begin("SPDXID", Begins::Snippet),
        "SnippetFromFileSPDXID" => text("snippetFromFile", Element),
        "SnippetByteRange" => Tag { form: Form::Range, ..text("byteRange", Element) },
        "SnippetLineRange" => Tag { form: Form::Range, ..text("lineRange", Element) },
        "LicenseInfoInSnippet" => item("licenseInfoInSnippets", Element),
        "SnippetName" | "LicenseName" => text("name", Element),
        "LicenseID" => begin("licenseId", Begins::License),
        "ExtractedText" => text("extractedText", Element),
        "LicenseCrossReference" => item("seeAlsos", Element),
        "Relationship" => Tag {
            form: Form::Words(&["spdxElementId", "relationshipType", "relatedSpdxElement"]),
            begins: Begins::Relationship,
            ..text("relationships", Document)
        },
        "RelationshipComment" => text("comment", Remark),
        "Annotator" => Tag { begins: Begins::Annotation, ..text("annotator", Remark) },
        "AnnotationDate" => text("annotationDate", Remark),
        "AnnotationType" => text("annotationType", Remark),
        "AnnotationComment" => text("comment", Remark),
        "SPDXREF" => text("spdxRef", Remark),
        _ => return None,
    })
}
