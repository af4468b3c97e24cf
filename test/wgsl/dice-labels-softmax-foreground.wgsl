// prediction, target -> parts
var<workgroup> lanes : array<f32, 512>;
var<workgroup> rows : array<f32, 32>;
fn main(index : i32) {
_ = uniforms.voxels;
let sample = u32(index) / 256u / uniforms.groups;
let group = u32(index) / 256u % uniforms.groups;
let first = group * 1024u + localIndex;
let voxels = select(0u, uniforms.voxels, sample < 2u);
var k0 : array<f32, 4>;
var k1 : array<f32, 4>;
var k2 : array<f32, 4>;
for (var c = 0u; c < 3u; c = c + 1u) {
var s0 = 0f;
for (var j = 0u; j < 4u; j = j + 1u) {
let v = first + j * 256u;
if (v < voxels) {
let x_0 = f32(predictionIn[(sample * uniforms.voxels + v) * 3u + c]);
k0[j] = select(max(k0[j], x_0), x_0, c == 0u);
let x_1 = f32(targetIn[sample * uniforms.voxels + v]);
let x_2 = select(0f, 1f, x_1 == f32(c));
s0 = s0 + x_2;
}
}
lanes[0u + localIndex] = s0;
workgroupBarrier();
if (localIndex < 16u) {
let lane = localIndex / 16u * 256u + localIndex % 16u;
rows[localIndex] = ((((lanes[lane + 0u] + lanes[lane + 16u]) + (lanes[lane + 32u] + lanes[lane + 48u])) + ((lanes[lane + 64u] + lanes[lane + 80u]) + (lanes[lane + 96u] + lanes[lane + 112u]))) + (((lanes[lane + 128u] + lanes[lane + 144u]) + (lanes[lane + 160u] + lanes[lane + 176u])) + ((lanes[lane + 192u] + lanes[lane + 208u]) + (lanes[lane + 224u] + lanes[lane + 240u]))));
}
workgroupBarrier();
if (localIndex < 1u && sample < 2u) {
let total = ((((rows[localIndex * 16u + 0u] + rows[localIndex * 16u + 1u]) + (rows[localIndex * 16u + 2u] + rows[localIndex * 16u + 3u])) + ((rows[localIndex * 16u + 4u] + rows[localIndex * 16u + 5u]) + (rows[localIndex * 16u + 6u] + rows[localIndex * 16u + 7u]))) + (((rows[localIndex * 16u + 8u] + rows[localIndex * 16u + 9u]) + (rows[localIndex * 16u + 10u] + rows[localIndex * 16u + 11u])) + ((rows[localIndex * 16u + 12u] + rows[localIndex * 16u + 13u]) + (rows[localIndex * 16u + 14u] + rows[localIndex * 16u + 15u]))));
if (localIndex == 0u) { result[(sample * 9u + 6u + c) * uniforms.groups + group] = total; }
}
}
for (var c = 0u; c < 3u; c = c + 1u) {
for (var j = 0u; j < 4u; j = j + 1u) {
let v = first + j * 256u;
if (v < voxels) {
let x_3 = f32(predictionIn[(sample * uniforms.voxels + v) * 3u + c]);
let x_4 = k0[j];
let x_5 = x_3 - x_4;
let x_6 = exp(x_5);
k1[j] = select(k1[j] + x_6, x_6, c == 0u);
}
}
}
for (var c = 0u; c < 1u; c = c + 1u) {
for (var j = 0u; j < 4u; j = j + 1u) {
let v = first + j * 256u;
if (v < voxels) {
let x_7 = k1[j];
let x_8 = 1f / x_7;
k2[j] = x_8;
}
}
}
for (var c = 0u; c < 3u; c = c + 1u) {
var s0 = 0f;
var s1 = 0f;
for (var j = 0u; j < 4u; j = j + 1u) {
let v = first + j * 256u;
if (v < voxels) {
let x_9 = f32(predictionIn[(sample * uniforms.voxels + v) * 3u + c]);
let x_10 = k0[j];
let x_11 = x_9 - x_10;
let x_12 = exp(x_11);
let x_13 = k2[j];
let x_14 = x_12 * x_13;
let x_15 = f32(targetIn[sample * uniforms.voxels + v]);
let x_16 = select(0f, 1f, x_15 == f32(c));
let x_17 = x_14 * x_16;
s0 = s0 + x_17;
s1 = s1 + x_14;
}
}
lanes[0u + localIndex] = s0;
lanes[256u + localIndex] = s1;
workgroupBarrier();
if (localIndex < 32u) {
let lane = localIndex / 16u * 256u + localIndex % 16u;
rows[localIndex] = ((((lanes[lane + 0u] + lanes[lane + 16u]) + (lanes[lane + 32u] + lanes[lane + 48u])) + ((lanes[lane + 64u] + lanes[lane + 80u]) + (lanes[lane + 96u] + lanes[lane + 112u]))) + (((lanes[lane + 128u] + lanes[lane + 144u]) + (lanes[lane + 160u] + lanes[lane + 176u])) + ((lanes[lane + 192u] + lanes[lane + 208u]) + (lanes[lane + 224u] + lanes[lane + 240u]))));
}
workgroupBarrier();
if (localIndex < 2u && sample < 2u) {
let total = ((((rows[localIndex * 16u + 0u] + rows[localIndex * 16u + 1u]) + (rows[localIndex * 16u + 2u] + rows[localIndex * 16u + 3u])) + ((rows[localIndex * 16u + 4u] + rows[localIndex * 16u + 5u]) + (rows[localIndex * 16u + 6u] + rows[localIndex * 16u + 7u]))) + (((rows[localIndex * 16u + 8u] + rows[localIndex * 16u + 9u]) + (rows[localIndex * 16u + 10u] + rows[localIndex * 16u + 11u])) + ((rows[localIndex * 16u + 12u] + rows[localIndex * 16u + 13u]) + (rows[localIndex * 16u + 14u] + rows[localIndex * 16u + 15u]))));
if (localIndex == 0u) { result[(sample * 9u + 0u + c) * uniforms.groups + group] = total; }
if (localIndex == 1u) { result[(sample * 9u + 3u + c) * uniforms.groups + group] = total; }
}
}
}

// parts -> sums0
var<workgroup> lanes : array<f32, 256>;
var<workgroup> rows : array<f32, 16>;
fn main(index : i32) {
_ = uniforms.voxels;
let first = u32(index) / 256u;
let last = uniforms.groups - 1u;
var total = 0f;
if (first < 18u) {
for (var at = localIndex; at <= last; at = at + 2048u) {
total = total + (((select(0f, partsIn[first * uniforms.groups + min(at + 0u, last)], at + 0u <= last) + select(0f, partsIn[first * uniforms.groups + min(at + 256u, last)], at + 256u <= last)) + (select(0f, partsIn[first * uniforms.groups + min(at + 512u, last)], at + 512u <= last) + select(0f, partsIn[first * uniforms.groups + min(at + 768u, last)], at + 768u <= last))) + ((select(0f, partsIn[first * uniforms.groups + min(at + 1024u, last)], at + 1024u <= last) + select(0f, partsIn[first * uniforms.groups + min(at + 1280u, last)], at + 1280u <= last)) + (select(0f, partsIn[first * uniforms.groups + min(at + 1536u, last)], at + 1536u <= last) + select(0f, partsIn[first * uniforms.groups + min(at + 1792u, last)], at + 1792u <= last))));
}
}
lanes[0u + localIndex] = total;
workgroupBarrier();
if (localIndex < 16u) {
let lane = localIndex / 16u * 256u + localIndex % 16u;
rows[localIndex] = ((((lanes[lane + 0u] + lanes[lane + 16u]) + (lanes[lane + 32u] + lanes[lane + 48u])) + ((lanes[lane + 64u] + lanes[lane + 80u]) + (lanes[lane + 96u] + lanes[lane + 112u]))) + (((lanes[lane + 128u] + lanes[lane + 144u]) + (lanes[lane + 160u] + lanes[lane + 176u])) + ((lanes[lane + 192u] + lanes[lane + 208u]) + (lanes[lane + 224u] + lanes[lane + 240u]))));
}
workgroupBarrier();
if (localIndex < 1u && first < 18u) {
let total = ((((rows[localIndex * 16u + 0u] + rows[localIndex * 16u + 1u]) + (rows[localIndex * 16u + 2u] + rows[localIndex * 16u + 3u])) + ((rows[localIndex * 16u + 4u] + rows[localIndex * 16u + 5u]) + (rows[localIndex * 16u + 6u] + rows[localIndex * 16u + 7u]))) + (((rows[localIndex * 16u + 8u] + rows[localIndex * 16u + 9u]) + (rows[localIndex * 16u + 10u] + rows[localIndex * 16u + 11u])) + ((rows[localIndex * 16u + 12u] + rows[localIndex * 16u + 13u]) + (rows[localIndex * 16u + 14u] + rows[localIndex * 16u + 15u]))));
if (localIndex == 0u) { result[first] = total; }
}
}

// sums0 -> loss
var<workgroup> staged : array<f32, 1>;
fn main(index : i32) {
_ = uniforms.voxels;
for (var i = localIndex; i < 1u; i = i + 256u) {
let sample = i / 1u;
let c = i % 1u;
var total = 0f;
for (var sample = 0u; sample < 2u; sample = sample + 1u) {
for (var c = 0u; c < 2u; c = c + 1u) {
let x_0 = sums0In[0u + 9u * sample + (c + 1u)];
let x_1 = 2f * x_0;
let x_2 = x_1 + 0.00001f;
let x_3 = sums0In[3u + 9u * sample + (c + 1u)];
let x_4 = sums0In[6u + 9u * sample + (c + 1u)];
let x_5 = x_3 + x_4;
let x_6 = x_5 + 0.00001f;
let x_7 = x_2 / x_6;
let x_8 = 1f - x_7;
total = total + x_8;
}
}
staged[0u + i] = total;
}
workgroupBarrier();
for (var i = localIndex; i < 1u; i = i + 256u) {
let sample = i / 1u;
let c = i % 1u;
let x_9 = staged[0u + 0u * sample + 0u];
let x_10 = 2f * 2f;
let x_11 = x_9 / x_10;
result[0u + i] = x_11;
}
storageBarrier();
}

// sums0 -> head
var<workgroup> staged : array<f32, 1>;
fn main(index : i32) {
_ = uniforms.voxels;
for (var i = localIndex; i < 1u; i = i + 256u) {
let sample = i / 1u;
let c = i % 1u;
var total = 0f;
for (var sample = 0u; sample < 2u; sample = sample + 1u) {
for (var c = 0u; c < 2u; c = c + 1u) {
let x_0 = sums0In[0u + 9u * sample + (c + 1u)];
let x_1 = 2f * x_0;
let x_2 = x_1 + 0.00001f;
let x_3 = sums0In[3u + 9u * sample + (c + 1u)];
let x_4 = sums0In[6u + 9u * sample + (c + 1u)];
let x_5 = x_3 + x_4;
let x_6 = x_5 + 0.00001f;
let x_7 = x_2 / x_6;
let x_8 = 1f - x_7;
total = total + x_8;
}
}
staged[0u + i] = total;
}
workgroupBarrier();
for (var i = localIndex; i < 1u; i = i + 256u) {
let sample = i / 1u;
let c = i % 1u;
let x_9 = staged[0u + 0u * sample + 0u];
let x_10 = 2f * 2f;
let x_11 = x_9 / x_10;
result[0u + i] = x_11;
}
storageBarrier();
for (var i = localIndex; i < 4u; i = i + 256u) {
let sample = i / 2u;
let c = i % 2u;
let x_12 = sums0In[0u + 9u * sample + (c + 1u)];
let x_13 = 2f * x_12;
let x_14 = x_13 + 0.00001f;
let x_15 = sums0In[3u + 9u * sample + (c + 1u)];
let x_16 = sums0In[6u + 9u * sample + (c + 1u)];
let x_17 = x_15 + x_16;
let x_18 = x_17 + 0.00001f;
let x_19 = x_14 / x_18;
result[1u + i] = x_19;
}
storageBarrier();
for (var i = localIndex; i < 4u; i = i + 256u) {
let sample = i / 2u;
let c = i % 2u;
let x_20 = sums0In[0u + 9u * sample + (c + 1u)];
result[5u + i] = x_20;
}
storageBarrier();
for (var i = localIndex; i < 4u; i = i + 256u) {
let sample = i / 2u;
let c = i % 2u;
let x_21 = sums0In[3u + 9u * sample + (c + 1u)];
result[9u + i] = x_21;
}
storageBarrier();
for (var i = localIndex; i < 4u; i = i + 256u) {
let sample = i / 2u;
let c = i % 2u;
let x_22 = sums0In[6u + 9u * sample + (c + 1u)];
result[13u + i] = x_22;
}
storageBarrier();
}

// cotangent, sums0 -> operands
fn main(index : i32) {
_ = uniforms.voxels;
for (var i = localIndex; i < 6u; i = i + 256u) {
let sample = i / 3u;
let c = i % 3u;
let x_0 = cotangentIn[0u + 0u * sample + 0u];
let x_1 = 2f * 2f;
let x_2 = x_0 / x_1;
let x_3 = (-1f) * x_2;
let x_4 = sums0In[3u + 9u * sample + ((max(c, 1u) - 1u) + 1u)];
let x_5 = sums0In[6u + 9u * sample + ((max(c, 1u) - 1u) + 1u)];
let x_6 = x_4 + x_5;
let x_7 = x_6 + 0.00001f;
let x_8 = x_3 / x_7;
let x_9 = sums0In[0u + 9u * sample + ((max(c, 1u) - 1u) + 1u)];
let x_10 = 2f * x_9;
let x_11 = x_10 + 0.00001f;
let x_12 = x_11 / x_7;
let x_13 = x_8 * x_12;
let x_14 = (-1f) * x_13;
let x_15 = select(x_14, 0f, c == 0u);
result[0u + i] = x_15;
}
storageBarrier();
for (var i = localIndex; i < 6u; i = i + 256u) {
let sample = i / 3u;
let c = i % 3u;
let x_16 = cotangentIn[0u + 0u * sample + 0u];
let x_17 = 2f * 2f;
let x_18 = x_16 / x_17;
let x_19 = (-1f) * x_18;
let x_20 = sums0In[3u + 9u * sample + ((max(c, 1u) - 1u) + 1u)];
let x_21 = sums0In[6u + 9u * sample + ((max(c, 1u) - 1u) + 1u)];
let x_22 = x_20 + x_21;
let x_23 = x_22 + 0.00001f;
let x_24 = x_19 / x_23;
let x_25 = 2f * x_24;
let x_26 = select(x_25, 0f, c == 0u);
result[6u + i] = x_26;
}
storageBarrier();
}

// prediction, operands, target -> gradient
fn main(index : i32) {
_ = uniforms.voxels;
let sample = u32(index) / 256u / uniforms.groups;
let group = u32(index) / 256u % uniforms.groups;
let first = group * 256u + localIndex;
let voxels = select(0u, uniforms.voxels, sample < 2u);
var k0 : array<f32, 1>;
var k1 : array<f32, 1>;
var k2 : array<f32, 1>;
var k3 : array<f32, 1>;
for (var c = 0u; c < 3u; c = c + 1u) {
for (var j = 0u; j < 1u; j = j + 1u) {
let v = first + j * 256u;
if (v < voxels) {
let x_0 = f32(predictionIn[(sample * uniforms.voxels + v) * 3u + c]);
k0[j] = select(max(k0[j], x_0), x_0, c == 0u);
}
}
}
for (var c = 0u; c < 3u; c = c + 1u) {
for (var j = 0u; j < 1u; j = j + 1u) {
let v = first + j * 256u;
if (v < voxels) {
let x_1 = f32(predictionIn[(sample * uniforms.voxels + v) * 3u + c]);
let x_2 = k0[j];
let x_3 = x_1 - x_2;
let x_4 = exp(x_3);
k1[j] = select(k1[j] + x_4, x_4, c == 0u);
}
}
}
for (var c = 0u; c < 1u; c = c + 1u) {
for (var j = 0u; j < 1u; j = j + 1u) {
let v = first + j * 256u;
if (v < voxels) {
let x_5 = k1[j];
let x_6 = 1f / x_5;
k2[j] = x_6;
}
}
}
for (var c = 0u; c < 3u; c = c + 1u) {
for (var j = 0u; j < 1u; j = j + 1u) {
let v = first + j * 256u;
if (v < voxels) {
let x_7 = operandsIn[0u + 3u * sample + c];
let x_8 = operandsIn[6u + 3u * sample + c];
let x_9 = f32(targetIn[sample * uniforms.voxels + v]);
let x_10 = select(0f, 1f, x_9 == f32(c));
let x_11 = x_8 * x_10;
let x_12 = x_7 + x_11;
let x_13 = f32(predictionIn[(sample * uniforms.voxels + v) * 3u + c]);
let x_14 = k0[j];
let x_15 = x_13 - x_14;
let x_16 = exp(x_15);
let x_17 = k2[j];
let x_18 = x_16 * x_17;
let x_19 = x_12 * x_18;
k3[j] = select(k3[j] + x_19, x_19, c == 0u);
}
}
}
for (var c = 0u; c < 3u; c = c + 1u) {
for (var j = 0u; j < 1u; j = j + 1u) {
let v = first + j * 256u;
if (v < voxels) {
let x_20 = f32(predictionIn[(sample * uniforms.voxels + v) * 3u + c]);
let x_21 = k0[j];
let x_22 = x_20 - x_21;
let x_23 = exp(x_22);
let x_24 = k2[j];
let x_25 = x_23 * x_24;
let x_26 = operandsIn[0u + 3u * sample + c];
let x_27 = operandsIn[6u + 3u * sample + c];
let x_28 = f32(targetIn[sample * uniforms.voxels + v]);
let x_29 = select(0f, 1f, x_28 == f32(c));
let x_30 = x_27 * x_29;
let x_31 = x_26 + x_30;
let x_32 = k3[j];
let x_33 = x_31 - x_32;
let x_34 = x_25 * x_33;
result[(sample * uniforms.voxels + v) * 3u + c] = x_34;
}
}
}
}

// sums0 -> operands
fn main(index : i32) {
_ = uniforms.voxels;
for (var i = localIndex; i < 6u; i = i + 256u) {
let sample = i / 3u;
let c = i % 3u;
let x_0 = 2f * 2f;
let x_1 = 1f / x_0;
let x_2 = (-1f) * x_1;
let x_3 = sums0In[3u + 9u * sample + ((max(c, 1u) - 1u) + 1u)];
let x_4 = sums0In[6u + 9u * sample + ((max(c, 1u) - 1u) + 1u)];
let x_5 = x_3 + x_4;
let x_6 = x_5 + 0.00001f;
let x_7 = x_2 / x_6;
let x_8 = sums0In[0u + 9u * sample + ((max(c, 1u) - 1u) + 1u)];
let x_9 = 2f * x_8;
let x_10 = x_9 + 0.00001f;
let x_11 = x_10 / x_6;
let x_12 = x_7 * x_11;
let x_13 = (-1f) * x_12;
let x_14 = select(x_13, 0f, c == 0u);
result[0u + i] = x_14;
}
storageBarrier();
for (var i = localIndex; i < 6u; i = i + 256u) {
let sample = i / 3u;
let c = i % 3u;
let x_15 = 2f * 2f;
let x_16 = 1f / x_15;
let x_17 = (-1f) * x_16;
let x_18 = sums0In[3u + 9u * sample + ((max(c, 1u) - 1u) + 1u)];
let x_19 = sums0In[6u + 9u * sample + ((max(c, 1u) - 1u) + 1u)];
let x_20 = x_18 + x_19;
let x_21 = x_20 + 0.00001f;
let x_22 = x_17 / x_21;
let x_23 = 2f * x_22;
let x_24 = select(x_23, 0f, c == 0u);
result[6u + i] = x_24;
}
storageBarrier();
}

// prediction, operands, target -> gradient
fn main(index : i32) {
_ = uniforms.voxels;
let sample = u32(index) / 256u / uniforms.groups;
let group = u32(index) / 256u % uniforms.groups;
let first = group * 256u + localIndex;
let voxels = select(0u, uniforms.voxels, sample < 2u);
var k0 : array<f32, 1>;
var k1 : array<f32, 1>;
var k2 : array<f32, 1>;
var k3 : array<f32, 1>;
for (var c = 0u; c < 3u; c = c + 1u) {
for (var j = 0u; j < 1u; j = j + 1u) {
let v = first + j * 256u;
if (v < voxels) {
let x_0 = f32(predictionIn[(sample * uniforms.voxels + v) * 3u + c]);
k0[j] = select(max(k0[j], x_0), x_0, c == 0u);
}
}
}
for (var c = 0u; c < 3u; c = c + 1u) {
for (var j = 0u; j < 1u; j = j + 1u) {
let v = first + j * 256u;
if (v < voxels) {
let x_1 = f32(predictionIn[(sample * uniforms.voxels + v) * 3u + c]);
let x_2 = k0[j];
let x_3 = x_1 - x_2;
let x_4 = exp(x_3);
k1[j] = select(k1[j] + x_4, x_4, c == 0u);
}
}
}
for (var c = 0u; c < 1u; c = c + 1u) {
for (var j = 0u; j < 1u; j = j + 1u) {
let v = first + j * 256u;
if (v < voxels) {
let x_5 = k1[j];
let x_6 = 1f / x_5;
k2[j] = x_6;
}
}
}
for (var c = 0u; c < 3u; c = c + 1u) {
for (var j = 0u; j < 1u; j = j + 1u) {
let v = first + j * 256u;
if (v < voxels) {
let x_7 = operandsIn[0u + 3u * sample + c];
let x_8 = operandsIn[6u + 3u * sample + c];
let x_9 = f32(targetIn[sample * uniforms.voxels + v]);
let x_10 = select(0f, 1f, x_9 == f32(c));
let x_11 = x_8 * x_10;
let x_12 = x_7 + x_11;
let x_13 = f32(predictionIn[(sample * uniforms.voxels + v) * 3u + c]);
let x_14 = k0[j];
let x_15 = x_13 - x_14;
let x_16 = exp(x_15);
let x_17 = k2[j];
let x_18 = x_16 * x_17;
let x_19 = x_12 * x_18;
k3[j] = select(k3[j] + x_19, x_19, c == 0u);
}
}
}
for (var c = 0u; c < 3u; c = c + 1u) {
for (var j = 0u; j < 1u; j = j + 1u) {
let v = first + j * 256u;
if (v < voxels) {
let x_20 = f32(predictionIn[(sample * uniforms.voxels + v) * 3u + c]);
let x_21 = k0[j];
let x_22 = x_20 - x_21;
let x_23 = exp(x_22);
let x_24 = k2[j];
let x_25 = x_23 * x_24;
let x_26 = operandsIn[0u + 3u * sample + c];
let x_27 = operandsIn[6u + 3u * sample + c];
let x_28 = f32(targetIn[sample * uniforms.voxels + v]);
let x_29 = select(0f, 1f, x_28 == f32(c));
let x_30 = x_27 * x_29;
let x_31 = x_26 + x_30;
let x_32 = k3[j];
let x_33 = x_31 - x_32;
let x_34 = x_25 * x_33;
result[(sample * uniforms.voxels + v) * 3u + c] = x_34;
}
}
}
}
