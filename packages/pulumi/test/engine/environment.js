const { TestEnvironment } = require('jest-environment-node');

/** Lets tests see rejections that nobody handled: that is how Pulumi learns of them. */
module.exports = class extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.global.realProcess = process;
  }
};
