#include <string_view>

#include "eoffice/app/command_line.h"
#include "eoffice/signing/pdf_worker.h"

int main(int argc, char** argv) {
  // The PDF worker sets its own limits before anything else of the program exists.
  if (argc > 1 && std::string_view(argv[1]) == "pdf-worker") {
    return eoffice::pdfWorkerMain(argc, argv);
  }
  return eoffice::app::runCommandLine(argc, argv);
}
