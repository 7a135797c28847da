//! Where a result is: one physical region, and inside an image the layer and path it stands for.

use model::{Location, Target, TargetKind};

use super::message;
use super::model as sarif;
use super::uri;
use crate::naming;

/// The name of the folder relative references are resolved against.
pub(super) const BASE: &str = "SRCROOT";

/// A place as a SARIF location.
pub(super) fn of(target: &Target, location: &Location) -> sarif::Location {
    let uri = uri::of(target, &location.path);
    sarif::Location {
        physical_location: Some(physical(target, uri, region(location))),
        logical_locations: logical(target, Some(location)),
        ..sarif::Location::default()
    }
}

/// The target itself, for what has no file.
pub(super) fn of_target(target: &Target) -> sarif::Location {
    sarif::Location {
        physical_location: Some(physical(target, uri::of_target(target), FIRST)),
        logical_locations: logical(target, None),
        ..sarif::Location::default()
    }
}

/// The start of a file that has no lines: services refuse a region without its four numbers.
const FIRST: sarif::Region = sarif::Region { start_line: 1, start_column: 1, end_line: 1, end_column: 1 };

fn physical(target: &Target, uri: String, region: sarif::Region) -> sarif::PhysicalLocation {
    // A path inside an image is in no checkout.
    let uri_base_id = (target.kind != TargetKind::Image).then_some(BASE);
    sarif::PhysicalLocation { artifact_location: sarif::ArtifactLocation { uri, uri_base_id }, region }
}

/// The lines that must change and no more: an alert is shown in a change request only if all its lines are in it.
fn region(location: &Location) -> sarif::Region {
    let Some(span) = location.span else { return FIRST };
    let start_line = span.start.line.max(1);
    let start_column = column(location, start_line, span.start.column);
    let end_line = span.end.line.max(start_line);
    let mut region =
        sarif::Region { start_line, start_column, end_line, end_column: column(location, end_line, span.end.column) };
    if region.end_line > start_line && region.end_column == 1 {
        end_before_line_break(&mut region, location);
    }
    if region.end_line == start_line {
        region.end_column = region.end_column.max(start_column);
    }
    region
}

/// A column in UTF-16 units, which viewers count in. The model's are Unicode scalar values: the two differ behind characters
/// beyond the basic plane, and a line that was not kept is taken to have none.
fn column(location: &Location, line: u32, column: u32) -> u32 {
    let before = column.saturating_sub(1);
    let Some(text) = kept_line(location, line) else { return before.saturating_add(1) };
    let wide = text.chars().take(before as usize).filter(|character| character.len_utf16() == 2).count();
    before.saturating_add(1).saturating_add(u32::try_from(wide).unwrap_or(u32::MAX))
}

/// A span that takes its last line break with it ends at the start of a line that need not change.
fn end_before_line_break(region: &mut sarif::Region, location: &Location) {
    let Some(line) = kept_line(location, region.end_line - 1) else { return };
    region.end_line -= 1;
    let units = line.trim_end_matches('\r').encode_utf16().count();
    region.end_column = u32::try_from(units).unwrap_or(u32::MAX).saturating_add(1);
}

fn kept_line(location: &Location, line: u32) -> Option<&str> {
    let snippet = location.snippet.as_ref()?;
    snippet.text.split('\n').nth(line.checked_sub(snippet.line)? as usize)
}

/// Image at digest, layer, path.
fn logical(target: &Target, location: Option<&Location>) -> Vec<sarif::LogicalLocation> {
    if target.kind != TargetKind::Image {
        return Vec::new();
    }
    let mut locations = Vec::new();
    let name = message::plain(&naming::stable_name(target));
    let image = target.digest.map_or_else(|| name.clone(), |digest| format!("{name}@{digest}"));
    let mut push = |name: Option<String>, fully_qualified_name: String, kind: &'static str| {
        locations.push(sarif::LogicalLocation { name, fully_qualified_name, kind });
    };
    push(Some(name), image.clone(), "image");
    let Some(location) = location else { return locations };
    let path = location.path.to_string();
    if let Some(index) = location.layer {
        let digest =
            target.layers.iter().find(|layer| layer.index == index).and_then(|layer| layer.diff_id.or(layer.digest));
        let layer = digest.map_or_else(|| index.0.to_string(), |digest| digest.to_string());
        push(Some(format!("layer {}", index.0)), format!("{image}/{layer}"), "layer");
        push(Some(path.clone()), format!("{image}/{layer}{path}"), "file");
    } else {
        push(Some(path.clone()), format!("{image}{path}"), "file");
    }
    locations
}

#[cfg(test)]
mod tests {
    use model::{Position, Snippet, Span, TreePath};

    use super::*;

    fn check(start: (u32, u32), end: (u32, u32), expected: [u32; 4]) {
        let position = |(line, column)| Position { line, column, offset: 0 };
        let path = TreePath::new("a").expect("a path");
        let mut location = Location::at(path, Span { start: position(start), end: position(end) });
        location.snippet = Some(Snippet { line: 2, text: "line two\nzwölf\n🦀four".to_owned() });
        let found = region(&location);
        assert_eq!([found.start_line, found.start_column, found.end_line, found.end_column], expected);
    }

    #[test]
    fn regions_are_minimal_and_never_negative() {
        check((2, 3), (2, 8), [2, 3, 2, 8]);
        check((2, 3), (4, 1), [2, 3, 3, 6]);
        check((2, 3), (9, 1), [2, 3, 9, 1]);
        check((0, 0), (0, 0), [1, 1, 1, 1]);
        check((3, 5), (3, 2), [3, 5, 3, 5]);
        check((3, 5), (2, 9), [3, 5, 3, 9]);
        check((4, 1), (4, 6), [4, 1, 4, 7]);
    }

    #[test]
    fn a_file_without_lines_is_its_first_character() {
        assert_eq!(region(&Location::file(TreePath::new("a").expect("a path"))), FIRST);
    }
}
