//! Finds annotations among comments.

/// The comment lines of one annotation.
pub(super) struct Block<'a> {
    /// 1-based line of the `# METADATA`.
    pub(super) line: u32,
    /// 1-based line after the last comment line.
    pub(super) end: u32,
    lines: Vec<&'a str>,
}

impl Block<'_> {
    /// The YAML; its first line is the one after `# METADATA`.
    pub(super) fn yaml(&self) -> String {
        self.lines.join("\n")
    }
}

/// Every block of a text.
pub(super) fn find(text: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut is_inside = false;
    for (number, line) in (1u32..).zip(text.lines()) {
        let Some(comment) = line.trim_start().strip_prefix('#') else {
            is_inside = false;
            continue;
        };
        if comment.trim() == "METADATA" {
            blocks.push(Block { line: number, end: number + 1, lines: Vec::new() });
            is_inside = true;
        } else if let Some(block) = blocks.last_mut().filter(|_| is_inside) {
            block.lines.push(comment);
            block.end = number + 1;
        }
    }
    blocks
}
