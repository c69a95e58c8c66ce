/**
 * tfjs.js: TensorFlow.js with its gradients, which its own bundle for Node leaves out. build.sh bundles it for Node.
 */
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';

export * as backend from '@tensorflow/tfjs-backend-wasm';
export * as core from '@tensorflow/tfjs-core';
