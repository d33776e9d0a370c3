# Target `assets`: everything beside the program that an installation reads, in ${CMAKE_BINARY_DIR}/share:
# static/ (made from our sources and npm's), templates/, config/, migrations/.
find_program(NODE_PROGRAM node REQUIRED)
find_program(NPM_PROGRAM npm REQUIRED)
find_program(FLOCK_PROGRAM flock REQUIRED)

set(share ${CMAKE_BINARY_DIR}/share)
set(npm_stamp ${CMAKE_SOURCE_DIR}/node_modules/.package-lock.json)

# One install at a time: build folders of the same checkout share node_modules.
add_custom_command(
  OUTPUT ${npm_stamp}
  COMMAND ${FLOCK_PROGRAM} ${CMAKE_SOURCE_DIR}/package-lock.json sh -c
          "test node_modules/.package-lock.json -nt package-lock.json || ${NPM_PROGRAM} ci --loglevel=error && touch node_modules/.package-lock.json"
  WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
  DEPENDS ${CMAKE_SOURCE_DIR}/package.json ${CMAKE_SOURCE_DIR}/package-lock.json
  COMMENT "Installing the web assets' packages"
  VERBATIM)

file(GLOB_RECURSE static_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/eoffice/web/static/*)
file(GLOB_RECURSE template_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/templates/*)
add_custom_command(
  OUTPUT ${share}/static/app.css
  COMMAND ${NODE_PROGRAM} ${CMAKE_SOURCE_DIR}/scripts/build_assets.mjs ${share}/static
  DEPENDS ${static_sources} ${template_sources} ${npm_stamp} ${CMAKE_SOURCE_DIR}/scripts/build_assets.mjs
  COMMENT "Making the static files"
  VERBATIM)

# Copied whole when a file of the folder changes; what is gone from the sources goes from the copy too.
set(copies)
foreach(folder templates config migrations)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*)
  add_custom_command(
    OUTPUT ${share}/${folder}.stamp
    COMMAND ${CMAKE_COMMAND} -E rm -rf ${share}/${folder}
    COMMAND ${CMAKE_COMMAND} -E copy_directory ${CMAKE_SOURCE_DIR}/${folder} ${share}/${folder}
    COMMAND ${CMAKE_COMMAND} -E touch ${share}/${folder}.stamp
    DEPENDS ${files}
    COMMENT "Copying ${folder}"
    VERBATIM)
  list(APPEND copies ${share}/${folder}.stamp)
endforeach()

add_custom_target(assets ALL DEPENDS ${share}/static/app.css ${copies})
