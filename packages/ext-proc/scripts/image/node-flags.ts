/** How Node runs in the image. A larger young generation: requests come and go faster than they age. */
export const NODE_FLAGS = ['--max-semi-space-size=32', '--disable-proto=throw'];
