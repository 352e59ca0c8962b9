// Jest reads a schema the way the bundler does: as its text.
exports.process = text => ({ code: `module.exports = { __esModule: true, default: ${JSON.stringify(text)} };` });
