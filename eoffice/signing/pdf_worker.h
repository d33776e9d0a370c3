// The process that touches foreign PDFs. Not for people: the command `pdf-worker` of the program,
// called by PdfTools alone. One job: a JSON object on standard input, files as open descriptors, a
// JSON object on standard output. It sets its own limits before it reads anything.
#pragma once

namespace eoffice {

/// Call it before anything else of the program starts (no threads, no configuration). `argv` is
/// the whole command line. Returns the process's exit code: 0 an answer was written (refusals
/// too), 70 it could not do its job.
int pdfWorkerMain(int argc, char** argv);

}  // namespace eoffice
