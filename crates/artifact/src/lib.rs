//! Where bytes come from: folders, files, standard input, images.
