//! Linux programs that end at once, with the package lists that the tools of Go and Rust put into theirs.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use object::elf;
use object::endian::Endianness;
use object::write::elf::{FileHeader, ProgramHeader, SectionHeader, Writer};

/// Where the file is mapped.
const BASE: u64 = 0x40_0000;
/// `exit(0)` of Linux on x86-64: mov edi, 0; mov eax, 60; syscall.
const CODE: [u8; 12] = [0xbf, 0, 0, 0, 0, 0xb8, 60, 0, 0, 0, 0x0f, 0x05];

/// A section with a name.
pub(super) struct Section<'a> {
    name: &'a str,
    data: Vec<u8>,
}

/// A program that the linker of Go left its build information in (as since 1.18: both texts inline).
pub(super) fn go(version: &str, modules: &str) -> Vec<u8> {
    // Written in two pieces, or this program would seem to hold such information itself.
    let mut data = [&b"\xff Go"[..], b" buildinf:"].concat();
    data.extend([0, 2]);
    data.resize(32, 0);
    let marked = [&[0x30; 16], modules.as_bytes(), &[0xf9; 16]].concat();
    for text in [version.as_bytes(), &marked] {
        push_length(&mut data, text.len());
        data.extend(text);
    }
    program(&[Section { name: ".go.buildinfo", data }])
}

/// A program built by cargo-auditable: its crates as compressed JSON.
pub(super) fn rust(crates: &str) -> anyhow::Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(crates.as_bytes())?;
    Ok(program(&[Section { name: ".dep-v0", data: encoder.finish()? }]))
}

/// A static program for Linux on x86-64 that ends with success.
pub(super) fn program(sections: &[Section<'_>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer = Writer::new(Endianness::Little, true, &mut bytes);
    writer.reserve_null_section_index();
    let text = writer.add_section_name(b".text");
    writer.reserve_section_index();
    let names: Vec<_> = sections.iter().map(|section| writer.add_section_name(section.name.as_bytes())).collect();
    for _ in sections {
        writer.reserve_section_index();
    }
    writer.reserve_shstrtab_section_index();
    writer.reserve_file_header();
    writer.reserve_program_headers(1);
    let code = writer.reserve(CODE.len() as u64, 16);
    let offsets: Vec<u64> = sections.iter().map(|section| writer.reserve(section.data.len() as u64, 16)).collect();
    let size = writer.reserved_len();
    writer.reserve_shstrtab().expect("a few short names");
    writer.reserve_section_headers();
    write(&mut writer, code, size, sections, &offsets);
    writer.write_shstrtab();
    writer.write_null_section_header();
    let text = writer.section_name_offset(Some(text));
    let names: Vec<u32> = names.into_iter().map(|name| writer.section_name_offset(Some(name))).collect();
    let header = |name, offset: u64, size: usize, flags| SectionHeader {
        sh_name: name,
        sh_type: elf::SHT_PROGBITS,
        sh_flags: elf::SHF_ALLOC | flags,
        sh_addr: BASE + offset,
        sh_offset: offset,
        sh_size: size as u64,
        sh_link: 0,
        sh_info: 0,
        sh_addralign: 16,
        sh_entsize: 0,
    };
    writer.write_section_header(&header(text, code, CODE.len(), elf::SHF_EXECINSTR));
    for ((name, offset), section) in names.into_iter().zip(offsets).zip(sections) {
        writer.write_section_header(&header(name, offset, section.data.len(), elf::SectionFlags(0)));
    }
    writer.write_shstrtab_section_header();
    bytes
}

/// The headers and what is mapped.
fn write(writer: &mut Writer<'_>, code: u64, size: u64, sections: &[Section<'_>], offsets: &[u64]) {
    let header = FileHeader {
        os_abi: elf::ELFOSABI_NONE,
        abi_version: 0,
        e_type: elf::ET_EXEC,
        e_machine: elf::EM_X86_64,
        e_entry: BASE + code,
        e_flags: elf::FileFlags(0),
    };
    writer.write_file_header(&header).expect("the header was reserved");
    writer.write_program_header(&ProgramHeader {
        p_type: elf::PT_LOAD,
        p_flags: elf::PF_R | elf::PF_X,
        p_offset: 0,
        p_vaddr: BASE,
        p_paddr: BASE,
        p_filesz: size,
        p_memsz: size,
        p_align: 0x1000,
    });
    writer.pad_until(code);
    writer.write(&CODE);
    for (section, offset) in sections.iter().zip(offsets) {
        writer.pad_until(*offset);
        writer.write(&section.data);
    }
}

/// A length as a varint.
fn push_length(data: &mut Vec<u8>, mut length: usize) {
    while length >= 0x80 {
        data.push(length as u8 | 0x80);
        length >>= 7;
    }
    data.push(length as u8);
}
