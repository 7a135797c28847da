//! Small executables, built in memory.

use std::io::Write;

use flate2::{Compression, write::ZlibEncoder};
use object::write::Object;
use object::{Architecture, BinaryFormat, Endianness, SectionKind};

/// Where the first byte of [`elf`]'s and [`pe`]'s memory is mapped.
pub(super) const ADDRESS: u64 = 0x0040_1000;

/// An ELF or Mach-O file with one section.
pub(super) fn with_section(format: BinaryFormat, segment: &str, name: &str, data: &[u8]) -> Vec<u8> {
    let mut object = Object::new(format, Architecture::X86_64, Endianness::Little);
    let section = object.add_section(segment.into(), name.into(), SectionKind::Data);
    object.append_section_data(section, data, 16);
    object.write().expect("a small object")
}

/// A Linux program without section headers, as `sstrip` leaves it: one writable segment.
pub(super) fn elf(bits: u8, big_endian: bool, memory: &[u8]) -> Vec<u8> {
    let wide = bits == 64;
    let number = |value: u64, size: usize| {
        let bytes = value.to_be_bytes();
        let mut bytes = bytes[8 - size..].to_vec();
        if !big_endian {
            bytes.reverse();
        }
        bytes
    };
    let native = if wide { 8 } else { 4 };
    let (header, entry) = if wide { (64, 56) } else { (52, 32) };
    let offset = 0x80;
    let mut file = vec![0x7f, b'E', b'L', b'F', if wide { 2 } else { 1 }, if big_endian { 2 } else { 1 }, 1];
    file.resize(16, 0);
    let machine = match (wide, big_endian) {
        (true, false) => 62,
        (false, false) => 3,
        (true, true) => 21,
        (false, true) => 20,
    };
    // type, machine, version, entry, program headers, section headers, flags, sizes and counts
    for (value, size) in [(2, 2), (machine, 2), (1, 4), (ADDRESS, native), (header, native), (0, native), (0, 4)] {
        file.extend(number(value, size));
    }
    [header, entry, 1, 0, 0, 0].into_iter().for_each(|value| file.extend(number(value, 2)));
    let size = memory.len() as u64;
    let (load, flags) = (1, 6);
    let fields: Vec<(u64, usize)> = if wide {
        vec![(load, 4), (flags, 4), (offset, 8), (ADDRESS, 8), (ADDRESS, 8), (size, 8), (size, 8), (16, 8)]
    } else {
        vec![(load, 4), (offset, 4), (ADDRESS, 4), (ADDRESS, 4), (size, 4), (size, 4), (flags, 4), (16, 4)]
    };
    fields.into_iter().for_each(|(value, size)| file.extend(number(value, size)));
    file.resize(offset as usize, 0);
    file.extend(memory);
    file
}

/// A Windows program with one writable section.
pub(super) fn pe(section: &str, memory: &[u8]) -> Vec<u8> {
    let offset: u32 = 0x200;
    let mut file = b"MZ".to_vec();
    file.resize(0x18, 0);
    file.push(0x40);
    file.resize(0x3c, 0);
    file.extend(0x40_u32.to_le_bytes());
    file.extend(b"PE\0\0");
    // machine, sections, time, symbols (2), size of the optional header, characteristics
    file.extend([0x64, 0x86, 1, 0]);
    file.extend([0; 12]);
    file.extend([112, 0, 0x22, 0]);
    let optional = file.len();
    file.extend([0x0b, 0x02]);
    file.resize(optional + 24, 0);
    file.extend((ADDRESS - 0x1000).to_le_bytes());
    file.extend([0, 0x10, 0, 0, 0, 2, 0, 0]);
    file.resize(optional + 112, 0);
    let mut name = section.as_bytes().to_vec();
    name.resize(8, 0);
    file.extend(name);
    let size = memory.len() as u32;
    [size, 0x1000, size, offset, 0, 0, 0, 0xc000_0040]
        .into_iter()
        .for_each(|field: u32| file.extend(field.to_le_bytes()));
    file.resize(offset as usize, 0);
    file.extend(memory);
    file
}

/// A universal binary of one machine.
pub(super) fn universal(machine: &[u8]) -> Vec<u8> {
    let mut file = 0xcafe_babe_u32.to_be_bytes().to_vec();
    let fields = [1, 0x0100_0007, 3, 0x1000, machine.len() as u32, 12];
    fields.into_iter().for_each(|field: u32| file.extend(field.to_be_bytes()));
    file.resize(0x1000, 0);
    file.extend(machine);
    file
}

/// A zlib stream.
pub(super) fn compressed(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(data).expect("memory takes all");
    encoder.finish().expect("memory takes all")
}
