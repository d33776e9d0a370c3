// The worker as a program of its own, for tests and benchmarks; an office runs it as the command
// `pdf-worker` of its one program.
#include "eoffice/signing/pdf_worker.h"

int main(int argc, char** argv) { return eoffice::pdfWorkerMain(argc, argv); }
